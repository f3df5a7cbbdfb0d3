package dev.signet.endpoint.account;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of consents.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record ConsentList(List<ConsentView> items, @Schema(nullable = true) String next) {}
