/** Ids and ARNs of campaigns. */

/** The resource of outbound campaigns in ARNs and IAM policies (documented: service authorization reference). */
const CAMPAIGN_ARN =
  /^arn:aws(?:-us-gov)?:connect-campaigns:([a-z0-9-]+):(\d{12}):campaign\/([^/]+)$/;

export interface Place {
  readonly account: string;
  readonly region: string;
}

export function campaignArn(id: string, { account, region }: Place): string {
  return `arn:aws:connect-campaigns:${region}:${account}:campaign/${id}`;
}

/**
 * The id of a campaign that is named by its id or ARN.
 *
 * @returns null for an ARN of another account or Region.
 */
export function bareCampaignId(idOrArn: string, { account, region }: Place): string | null {
  const arn = CAMPAIGN_ARN.exec(idOrArn);
  if (!arn) return idOrArn;
  return arn[1] === region && arn[2] === account ? (arn[3] ?? null) : null;
}
