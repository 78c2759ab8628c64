// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

/**
 * An export, a comparison or a saved plan.
 *
 * @param owner the version of an export; the name of a plan; empty for a comparison
 * @param detail JSON, or a plan's text
 */
public record Stored(String id, String owner, String createdAt, String detail) {}
