import type { Diagnosis, Severity } from '../doctor/finding.ts';

/** Who was looked at. */
export interface Patient {
  readonly hostname: string;
  readonly role: 'director' | 'realserver';
  /** Names in the spec: the director's, or those of the real server; none where the spec has no directors. */
  readonly names: readonly string[];
  /** Null: the network namespace that lvsctl runs in. */
  readonly netns: string | null;
}

/** What `doctor -o json` prints. A higher minor format version only adds; a reader refuses another major one. */
export interface DoctorDocument extends Diagnosis {
  readonly format_version: '1.0';
  readonly kind: 'lvsctl.doctor';
  readonly tool: { readonly name: 'lvsctl'; readonly version: string };
  readonly host: Patient;
  readonly summary: { readonly errors: number; readonly warnings: number; readonly infos: number };
}

export function doctorDocument(
  diagnosis: Diagnosis,
  { patient, version }: { patient: Patient; version: string },
): DoctorDocument {
  return {
    format_version: '1.0',
    kind: 'lvsctl.doctor',
    tool: { name: 'lvsctl', version },
    host: patient,
    summary: {
      errors: count(diagnosis, 'error'),
      warnings: count(diagnosis, 'warning'),
      infos: count(diagnosis, 'info'),
    },
    ...diagnosis,
  };
}

export function count({ findings }: Diagnosis, severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
