// SPDX-License-Identifier: Apache-2.0
/** What listening tests and paired figures may claim: exact tests, intervals, corrections. */
@NullMarked
package org.lacquer.comparison.statistics;

import org.jspecify.annotations.NullMarked;
