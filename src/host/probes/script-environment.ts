import type { Question } from '../../model/verdict.ts';

/**
 * All that a script finds in its environment: PATH; HOME, that of the user it runs as; LANG and LC_ALL, which are C; and
 *
 * - LVSCTL_SERVICE, LVSCTL_SERVER: the names of the service and of the real server in the spec
 * - LVSCTL_VIP, LVSCTL_VPORT: address and port of the service, which one by fwmark does not have
 * - LVSCTL_ADDRESS, LVSCTL_PORT: address and port of the real server; the port is 0 where the service is for all ports
 * - LVSCTL_WEIGHT: the weight of the real server in the spec
 */
export function scriptEnvironment(
  { service, server, serviceName, serverName, weight }: Question,
  {
    PATH = '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME = '/',
  }: { readonly PATH: string | undefined; readonly HOME: string | undefined },
): Readonly<Record<string, string>> {
  return {
    PATH,
    HOME,
    LANG: 'C',
    LVSCTL_SERVICE: serviceName,
    LVSCTL_SERVER: serverName,
    ...(service.kind === 'address' && { LVSCTL_VIP: service.vip, LVSCTL_VPORT: String(service.port) }),
    LVSCTL_ADDRESS: server.address,
    LVSCTL_PORT: String(server.port),
    LVSCTL_WEIGHT: String(weight),
  };
}
