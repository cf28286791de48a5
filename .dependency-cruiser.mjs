// The arrows of the layout: what each folder may import. Everything not listed is forbidden.
const arrows = {
  'packages/contract': [],
  'packages/sdk': ['packages/contract'],
  'packages/media': [],
  'packages/text': [],
  'packages/onnx': [],
  'packages/ort': [],
  'packages/checkpoint': [],
  'packages/models': ['packages/onnx'],
  'packages/engine': [
    'packages/models',
    'packages/onnx',
    'packages/ort',
    'packages/checkpoint',
    'packages/media',
    'packages/text',
  ],
  // What it trains is built by the engine's own functions, so that both read a bundle alike (docs/decisions/0009).
  'packages/train': [
    'packages/engine',
    'packages/models',
    'packages/onnx',
    'packages/ort',
    'packages/checkpoint',
    'packages/media',
    'packages/text',
  ],
  'packages/tiny': [
    'packages/train',
    'packages/models',
    'packages/onnx',
    'packages/ort',
    'packages/checkpoint',
    'packages/media',
    'packages/text',
  ],
  'apps/gateway': ['packages/contract', 'packages/media'],
  'apps/backend': ['packages/contract', 'packages/engine', 'packages/media'],
  'apps/playground': ['packages/sdk'],
};

/** Tests, and what only they use, may run what they build. */
const arrowsInTests = {
  'packages/onnx': ['packages/ort'],
  'packages/models': ['packages/ort', 'packages/checkpoint'],
};
const testOnly = '\\.test\\.ts$|/src/testing(/|\\.ts$)|/src/finite-differences\\.ts$';

const native = '^node_modules/(koffi|@koromix|onnxruntime-node)/';

export default {
  forbidden: [
    ...Object.entries(arrows).flatMap(([folder, targets]) => {
      const rule = (name, allowed, from) => ({
        name,
        severity: 'error',
        comment: `${name} may import ${allowed.join(', ') || 'no other package of this repository'}`,
        from: { path: `^${folder}/`, ...from },
        to: { path: '^(packages|apps|tests|scripts)/', pathNot: `^(${[folder, ...allowed].join('|')})/` },
      });
      const more = arrowsInTests[folder];
      if (more === undefined) return [rule(folder, targets, {})];
      return [
        rule(folder, targets, { pathNot: testOnly }),
        rule(`${folder} in tests`, [...targets, ...more], { path: `^${folder}/.*(${testOnly})` }),
      ];
    }),
    {
      name: 'apps-are-not-libraries',
      severity: 'error',
      comment: 'only apps/cli and tests put apps together',
      from: { path: '^packages/' },
      to: { path: '^(apps|tests)/' },
    },
    {
      name: 'every-folder-has-its-arrows',
      severity: 'error',
      comment: 'a new package or app must be listed in .dependency-cruiser.mjs',
      from: {
        path: '^(packages|apps)/',
        pathNot: `^(${[...Object.keys(arrows), 'apps/cli'].join('|')})/`,
      },
      to: {},
    },
    {
      name: 'native-code-only-in-ort',
      severity: 'error',
      comment: 'packages/ort is the only importer of native code for ONNX Runtime',
      from: { pathNot: '^packages/ort/' },
      to: { path: native },
    },
    {
      name: 'gateway-never-reaches-engine',
      severity: 'error',
      comment: 'the Worker must stay small and free of native code, through any chain of imports',
      from: { path: '^apps/gateway/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(engine|ort|models|onnx|train)/', reachable: true },
    },
    {
      name: 'by-name-not-by-path',
      severity: 'error',
      comment: 'import another package by its name; its insides may move',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: {
        path: '^(packages|apps)/',
        pathNot: '^$1/$2/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'aliased-workspace'],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      // Operators are the exception: the gradient of sin is cos, and the other way round.
      comment: 'files that import each other cannot be read one at a time',
      from: { pathNot: '^packages/onnx/src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'the import points at nothing',
      from: { path: '^(packages|apps|tests)/' },
      to: { couldNotResolve: true, pathNot: '^(cloudflare:|virtual:)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|golden|bundle|artifacts|\\.scratch)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.json', '.wasm', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
