import { askedAt } from '../health/check-account.ts';
import { formatEndpoint } from '../model/address.ts';
import type { NamedCheck, Probe } from '../model/check.ts';
import type { DesiredServer } from '../model/desired.ts';

/** `http GET /healthz at 10.0.0.21:8080`: what a real server is asked, and where. */
export function questionText(check: NamedCheck, server: DesiredServer): string {
  const { address, port } = askedAt(check, server);
  const at = address === null ? '' : ` at ${port === null ? address : formatEndpoint(address, port)}`;
  return `${probeText(check.probe)}${at}${check.source === null ? '' : ` from ${check.source.text}`}`;
}

function probeText(probe: Probe): string {
  switch (probe.kind) {
    case 'http':
    case 'https':
      return `${probe.kind} ${probe.method} ${probe.path}${probe.host === null ? '' : ` of ${probe.host}`}`;
    case 'dns':
      return `dns ${probe.type} ${probe.name} over ${probe.transport}`;
    case 'grpc':
      return probe.service === null ? 'grpc' : `grpc ${probe.service}`;
    case 'script':
      return `script ${probe.command}`;
    case 'file':
      return `file ${probe.trackFile}`;
    case 'bfd':
      return `bfd ${probe.instance}`;
    default:
      return probe.kind;
  }
}
