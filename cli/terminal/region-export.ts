/** The Region for any AWS client: boto3 and version 1 of the AWS CLI read AWS_DEFAULT_REGION only. */
export function regionExport(region: string): string {
  return `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`;
}
