/**
 * The pages that people see: one layout, a template and a record for each, texts in each language,
 * the operator's brand. They work without scripts. Who shows which page is decided by the
 * endpoints.
 */
package dev.signet.page;
