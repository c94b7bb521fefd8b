/** Services of all four kinds that somebody else made, as `ipvsadm -Sn` prints them. */
export const FOREIGN_RULES = `-A -t 203.0.113.9:8443 -s wrr -p 120 -M 255.255.255.0
-a -t 203.0.113.9:8443 -r 10.9.0.1:8443 -m -w 7
-a -t 203.0.113.9:8443 -r 10.9.0.2:9443 -m -w 0 -x 90 -y 10
-A -u [2001:db8:f::9]:53 -s rr -o
-a -u [2001:db8:f::9]:53 -r [fd00:9::1]:53 -g -w 1
-A -f 77 -s sh -b sh-port
-a -f 77 -r 10.9.0.3:0 -i -w 3
-A --sctp-service 203.0.113.9:99 -s lc
-a --sctp-service 203.0.113.9:99 -r 10.9.0.4:99 -g -w 2
`;

const FOREIGN = /203\.0\.113\.9:|2001:db8:f::9|^(-.) -f 77 |^FWM +77 /;

/** The lines of a listing that are about them: of `-Sn` all, of `-Ln` those of the services and their servers. */
export function foreignLines(listing: string): string {
  let isForeign = false;
  const lines = listing.split('\n').filter((line) => {
    if (!line.startsWith('  ->')) isForeign = FOREIGN.test(line);
    return isForeign;
  });
  return lines.join('\n');
}
