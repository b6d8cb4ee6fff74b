/** Kubernetes objects, held to the published schemas. */

import { execFileSync } from 'node:child_process';
import { PACKAGE_ROOT } from '../../system/package.ts';

/**
 * What the published schemas say against each object; null for nothing.
 *
 * The package is for `import` only, which jest's loader is not.
 */
export function modelFaults(objects: readonly unknown[]): (string | null)[] {
  const code = `
    import { Deployment } from 'kubernetes-models/apps/v1';
    import { Job } from 'kubernetes-models/batch/v1';
    import { ConfigMap, PersistentVolumeClaim, Service } from 'kubernetes-models/v1';
    import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
    import { readFileSync } from 'node:fs';
    const models = { ConfigMap, Deployment, Job, NetworkPolicy, PersistentVolumeClaim, Service };
    const faults = JSON.parse(readFileSync(0, 'utf8')).map((one) => {
      try {
        new models[one.kind](one).validate();
        return null;
      } catch (error) {
        return error.message;
      }
    });
    console.log(JSON.stringify(faults));`;
  const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    input: JSON.stringify(objects),
    cwd: PACKAGE_ROOT,
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}
