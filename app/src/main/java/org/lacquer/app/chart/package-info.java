// SPDX-License-Identifier: Apache-2.0
/** Line charts, drawn once and put out as SVG or PNG. Knows nothing of audio. */
@NullMarked
package org.lacquer.app.chart;

import org.jspecify.annotations.NullMarked;
