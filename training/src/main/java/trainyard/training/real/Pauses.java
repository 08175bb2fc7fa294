package trainyard.training.real;

import java.io.EOFException;
import java.io.IOException;

/**
 * Stops the clock of an asynchronous run while all workers measure their cores. Who pushed the gradient that is due stops at once; the others
 * end the gradient that they compute, and what they computed meanwhile is held for as long after the pause as it came after its begin.
 * So each worker goes on where it was, and the clock does not see the pause.
 */
final class Pauses {

    private final int workers;
    private boolean isOpen;
    private boolean isBroken;
    private int done;
    private long rounds;
    private long begin;
    private long resumed;
    private long nanos;

    Pauses(int workers) {
        this.workers = workers;
    }

    synchronized void begin() {
        isOpen = true;
        begin = System.nanoTime();
    }

    synchronized boolean isOpen() {
        return isOpen;
    }

    /** Time since the begin of the pause, which a gradient that has just come is held after it. */
    synchronized long sinceBegin() {
        return System.nanoTime() - begin;
    }

    /**
     * A worker has measured: waits for the others.
     *
     * @return the {@link System#nanoTime} at which the clock went on
     * @throws IOException if one of them is gone
     */
    synchronized long measured() throws IOException {
        long own = rounds;
        done++;
        if (done == workers) {
            done = 0;
            rounds++;
            isOpen = false;
            resumed = System.nanoTime();
            nanos += resumed - begin;
            notifyAll();
        }
        while (rounds == own && !isBroken) {
            await();
        }
        if (isBroken) {
            throw new EOFException("another worker is gone");
        }
        return resumed;
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while workers measure their cores", interrupted);
        }
    }

    /** Nobody waits any longer. */
    synchronized void giveUp() {
        isBroken = true;
        notifyAll();
    }

    /** Length of all pauses that are over. */
    synchronized long nanos() {
        return nanos;
    }
}
