/**
 * The pages for users: one layout, a template and a record for each page, texts in each language,
 * and the operator's brand. They work without scripts. The endpoints decide which page to show.
 */
package dev.signet.web.page;
