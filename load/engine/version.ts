/** Version of the embedded engine: the package's own. */

export const ENGINE_VERSION = '0.1.0';
