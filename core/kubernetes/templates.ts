/**
 * Text that Terraform takes as it stands: `${` and `%{` would begin a template. Tokens of cdktf in it, which
 * become references, stay.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{(?!TfToken\[)/g, '$1$1{');
}

/** A text as it was before `$${` and `%%{` were written for Terraform. */
export function unescapeTemplate(text: string): string {
  return text.replace(/([$%])\1\{/g, '$1{');
}

/** Whether a text has a template that only Terraform can resolve, `${…}`. */
export function hasTemplate(text: string): boolean {
  return /(^|[^$])\$\{|(^|[^%])%\{/.test(text);
}
