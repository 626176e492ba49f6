// The icons are inline because the page must not load anything. All icons are decorative: a text next to each has its
// meaning.
import type { ComponentChildren } from 'preact';

const Icon = ({ children, name }: { children: ComponentChildren; name?: string }) => (
  <svg
    class={`icon ${name ?? ''}`}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {children}
  </svg>
);

export const OkIcon = () => (
  <Icon name="ok">
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);
export const BadIcon = () => (
  <Icon name="bad">
    <path d="m6.5 6.5 11 11m0-11-11 11" />
  </Icon>
);
export const WarnIcon = () => (
  <Icon name="warn">
    <path d="M12 4 2.8 20h18.4L12 4Zm0 6.5v4m0 2.8v.2" />
  </Icon>
);
export const InfoIcon = () => (
  <Icon name="info">
    <circle cx="12" cy="12" r="9" />
    <path d="M12 11v5.5m0-9v.2" />
  </Icon>
);
export const AskIcon = () => (
  <Icon name="ask">
    <circle cx="12" cy="12" r="9" />
    <path d="M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3m0 3v.1" />
  </Icon>
);
export const RepairIcon = () => (
  <Icon name="repair">
    <path
      d="M14.5 6.5a4.3 4.3 0 0 1 5-1l-3 3 .4 2 2 .4 3-3a4.3 4.3 0 0 1-6 5.2L8 21l-3-3 8-8a4.3 4.3 0 0 1 1.5-3.5Z"
      transform="translate(-1.2 -.8)"
    />
  </Icon>
);
export const WaitIcon = () => (
  <Icon name="wait">
    <path d="M7 12h10" />
  </Icon>
);
export const NoneIcon = () => (
  <Icon name="none">
    <path d="m7 17 10-10" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="9" y="9" width="11" height="11" rx="2" />
    <path d="M5 15H4V5a1 1 0 0 1 1-1h10v1" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <rect x="5" y="11" width="14" height="9" rx="2" />
    <path d="M8 11V8a4 4 0 0 1 8 0v3" />
  </Icon>
);
export const ClockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7v5l3 2" />
  </Icon>
);
export const Logo = () => (
  <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" fill="currentColor" />
    <g fill="none" class="logo-lines" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
      <rect x="10" y="5" width="12" height="22" rx="3" />
      <path d="m13 16 2.2 2.4L19.4 13" />
    </g>
  </svg>
);
