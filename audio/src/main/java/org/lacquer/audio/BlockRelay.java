// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.jspecify.annotations.Nullable;

import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * A second thread that takes blocks in their order, so that making and measuring them overlap. What
 * it computes does not depend on when: it gets all blocks, each as a whole, one after the other.
 *
 * <p>A fixed ring of blocks goes round: {@link #take} waits for a free one, {@link #pass} hands it
 * over. The giver may go on reading a block that it has passed, until it takes the next. A failure
 * of the second thread is thrown by the next call; {@link #close} ends the thread in any case.
 */
public final class BlockRelay implements AutoCloseable {
    private static final int BLOCKS = 4;

    /** Ends the thread. */
    private static final AudioBlock END = new AudioBlock(1, 0);

    private final BlockingQueue<AudioBlock> free = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<AudioBlock> passed = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final Consumer<AudioBlock> taker;
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    /**
     * Starts the thread.
     *
     * @param blockFrames capacity of a block
     * @param taker hears every block, on the second thread only; it must not keep it
     */
    public BlockRelay(int channels, int blockFrames, Consumer<AudioBlock> taker) {
        this.taker = taker;
        for (int i = 0; i < BLOCKS; i++) {
            free.add(new AudioBlock(channels, blockFrames));
        }
        thread = new Thread(this::run, "lacquer-meter");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A block to fill.
     *
     * @throws InterruptedIOException when the calling thread is interrupted, also while it waits
     */
    public AudioBlock take() throws InterruptedIOException {
        throwFailure();
        try {
            return free.take();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Hands a filled block over; never waits. */
    public void pass(AudioBlock block) {
        passed.add(block);
    }

    /**
     * Waits until all blocks that were passed are worked through; what the taker did is visible
     * then.
     *
     * @throws InterruptedIOException when the calling thread is interrupted
     */
    public void finish() throws InterruptedIOException {
        passed.add(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        throwFailure();
    }

    /** Ends the thread, at the latest after the block that it has in hand. */
    @Override
    public void close() {
        passed.clear();
        passed.add(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            AudioBlock block = passed.take();
            while (block != END) {
                // After a failure blocks still go round, so that the giver never waits in vain.
                if (failure == null) {
                    accept(block);
                }
                free.add(block);
                block = passed.take();
            }
        } catch (InterruptedException stopped) {
            failure = stopped;
        }
    }

    private void accept(AudioBlock block) {
        try {
            taker.accept(block);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    private void throwFailure() {
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("the work was interrupted");
    }
}
