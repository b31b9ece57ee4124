import { setNonce } from 'get-nonce';
import { z } from 'zod';

// Imported before anything else: zod would try `eval`, which the page's policy forbids and reports.
z.config({ jitless: true });

/** The nonce of this page load. Styles that libraries make at run time must carry it. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The scroll lock of dialogs asks for its nonce here.
setNonce(styleNonce);
