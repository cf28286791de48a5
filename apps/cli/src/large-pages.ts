/** Commands that hold a model in memory, which can be gigabytes. */
const holders: ReadonlySet<string | undefined> = new Set(['start', 'serve', 'chat', 'transcribe']);

const tunables = 'GLIBC_TUNABLES';
const largePages = 'glibc.malloc.hugetlb=1';

/**
 * The environment in which a command should be run anew; undefined where the one that it has will do. With it glibc asks Linux for
 * pages of 2 MB: to be given memory 4 kB at a time took more than half the time in which a model of 6 billion weights loads, on a virtual machine
 * (docs/benchmarks.md). Whoever sets that tunable decides, other systems and other C libraries take no notice.
 */
export function largePagesEnvironment(
  command: string | undefined,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): NodeJS.ProcessEnv | undefined {
  const given = env[tunables];
  if (platform !== 'linux' || !holders.has(command) || given?.includes('glibc.malloc.hugetlb'))
    return undefined;
  return { ...env, [tunables]: given ? `${given}:${largePages}` : largePages };
}

/** Takes this process's place with the same command, where that helps: glibc reads its tunables once. */
export function runWithLargePages(): void {
  const env = largePagesEnvironment(process.argv[2], process.env, process.platform);
  if (env)
    process.execve?.(
      process.execPath,
      [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
      env,
    );
}
