import { join } from 'node:path';
import { useContractMock } from '../../door/contracts.ts';
import { describeIf, HAS_BOTO3, runProgram } from '../clients/program.ts';

describeIf(
  HAS_BOTO3,
  'the example in Python',
  'no python3 with a boto3 that has BatchPutContact',
  () => {
    const mock = useContractMock();

    it('runs against the contract', async () => {
      const ended = await runProgram('python3', [join(__dirname, 'dialer.py'), mock.url]);
      expect(ended).toEqual({ code: 0, stdout: 'ok\n', stderr: '' });
    });
  },
);
