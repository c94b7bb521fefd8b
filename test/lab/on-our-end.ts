const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Runs an action when this program ends, by a signal too; the returned function takes that back. */
export function onOurEnd(action: () => void): () => void {
  const handlers = Object.entries(STATUS).map(([signal, status]) => [signal, () => process.exit(status)] as const);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  process.on('exit', action);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
    process.off('exit', action);
  };
}
