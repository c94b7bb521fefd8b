const ADD = '-A -t 192.0.2.1:80';
const SERVER = '-a -t 192.0.2.1:80 -r 10.0.0.1:80';
const GOOD = '-A -t 192.0.2.9:80 -s rr\n';

/** Inputs of `-R`, each to an empty table with the service 192.0.2.1:80 and a real server. */
export const RESTORES: Readonly<Record<string, string>> = {
  'an error in the middle does not stop it, nor show in the exit code': `${ADD}\n${SERVER}\n-D -t 1.2.3.4:1\n${GOOD}`,
  'an error on the last line is the exit code': `${GOOD}${ADD}\n`,
  'a bad address stops it': `${GOOD}-A -t 300.1.1.1:80\n-A -t 192.0.2.10:80\n`,
  'a bad weight stops it': `-a -t 192.0.2.1:80 -r 10.0.0.2:80 -w x\n${GOOD}`,
  'an unknown option later in the line skips the line': `-A -t 192.0.2.10:80 --bogus\n${GOOD}`,
  'a missing value skips the line': `-a -t 192.0.2.1:80 -r\n${GOOD}`,
  'a missing value on the last line is the exit code': `${GOOD}-a -t 192.0.2.1:80 -r\n`,
  'a bad first word stops it': `garbage\n${GOOD}`,
  'a bad first option stops it': `--bogus -t 192.0.2.1:80\n${GOOD}`,
  'a comment line stops it': `# comment\n${GOOD}`,
  'a comment at the end of a line stops it': `-A -t 192.0.2.10:80 # comment\n${GOOD}`,
  'blanks, tabs, CRLF and no final newline are fine': `\n  \n\t-A  -t\t192.0.2.10:80   -s rr \r\n\n-A -t 192.0.2.11:80`,
  'nothing at all is fine': '',
  'ipvsadm in front is fine': `ipvsadm -A -t 192.0.2.10:80\n`,
  'all commands mix': `${GOOD}-E -t 192.0.2.9:80 -s wrr\n-a -t 192.0.2.9:80 -r 10.0.0.1:80\n-e -t 192.0.2.9:80 -r 10.0.0.1:80 -w 5\n-Z\n--set 0 0 99\n-d -t 192.0.2.9:80 -r 10.0.0.1:80\n`,
  'clearing in the middle': `-C\n${GOOD}`,
  'listing in the middle': `-Sn\n-Ln\n${GOOD}`,
  '-R in the middle stops it': `-R\n${GOOD}`,
  '-v in the middle ends it': `-v\n${GOOD}`,
  '-h first ends it': `-h\n${GOOD}`,
  'quotes are not read': `-A -t '192.0.2.10:80'\n${GOOD}`,
  'letters and values in one word': `-at 192.0.2.1:80 -r10.0.0.5:80 -mw5\n--add-service --tcp-service=192.0.2.10:80\n`,
  'a NUL byte ends its word': `${GOOD}-A -t 192.0.2.10:8\x000\n\0-A -t 192.0.2.11:80\n${GOOD}`,
  markers: `-L --@0\n${GOOD}-L --@1\n${ADD}\n-L --@2\n-d -t 192.0.2.1:80 -r 10.0.0.77:80\n-L --@3\n-A -t 192.0.2.3:80 -s nope\n-L --@4\n-D -t 192.0.2.9:80\n`,
  'markers before a stop': `-L --@0\n-A -t nonsense!:80\n-L --@1\n${GOOD}`,
  'a negative mark, as -Sn prints it, skips or stops': `-A -f -5 -s rr\n${GOOD}`,
  'a mask before an IPv6 address is lost': `-A -M 64 -t [2001:db8::5]:80 -p 10\n-A -M 64 -f 7 -6 -p 10\n-A -f 8 -6 -M 64 -p 10\n`,
};

/** What `-R` gets to make the table that each of them meets. */
export const BEFORE_RESTORE = `${ADD}\n${SERVER} -m\n`;
