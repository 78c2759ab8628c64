// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;

class BlockRelayTest {
    @AfterEach
    void noThreadIsLeftBehind() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("lacquer-meter"));
    }

    @Test
    void aFailureOfTheSecondThreadArrives() throws IOException {
        try (BlockRelay relay =
                new BlockRelay(
                        1,
                        16,
                        block -> {
                            throw new IllegalArgumentException("broken meter");
                        })) {
            relay.pass(relay.take());
            assertThatThrownBy(relay::finish).hasMessage("broken meter");
        }
    }

    @Test
    void blocksArriveWholeAndInOrder() throws IOException {
        int[] sum = new int[1];
        try (BlockRelay relay =
                new BlockRelay(1, 1, block -> sum[0] = 31 * sum[0] + (int) block.channel(0)[0])) {
            int expected = 0;
            for (int i = 1; i <= 5_000; i++) {
                AudioBlock block = relay.take();
                block.setFrames(1);
                block.channel(0)[0] = i;
                relay.pass(block);
                expected = 31 * expected + i;
            }
            relay.finish();
            assertThat(sum[0]).isEqualTo(expected);
        }
    }
}
