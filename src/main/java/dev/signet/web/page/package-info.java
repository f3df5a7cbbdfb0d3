/**
 * The pages that people see: one layout, a template and a record for each, texts in each language,
 * the operator's brand. They work without scripts. The endpoints decide who is shown which page.
 */
package dev.signet.web.page;
