package trainyard.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a run end in good order when the user presses Ctrl-C: the shutdown hook asks it to stop and then holds the
 * process until what was finished is written.
 */
final class Interruption implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Runnable stop;
    private final boolean waits;
    private final Thread hook;
    private volatile boolean interrupted;

    /** Asks the run to stop, and waits until what was finished is written. */
    Interruption(Runnable stop) {
        this(stop, true);
    }

    private Interruption(Runnable stop, boolean waits) {
        this.stop = stop;
        this.waits = waits;
        this.hook = new Thread(this::interrupt, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * For what cannot end early: says what there is, and the process ends at once.
     *
     * @param left what the interruption leaves behind, asked for when it comes
     */
    static Interruption telling(PrintStream err, Supplier<String> left) {
        return new Interruption(() -> err.println("interrupted; " + left.get()), false);
    }

    /** What happens when the user presses Ctrl-C. */
    void interrupt() {
        interrupted = true;
        stop.run();
        if (waits) {
            awaitWritten();
        }
    }

    boolean isInterrupted() {
        return interrupted;
    }

    private void awaitWritten() {
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("interrupted; what was under way did not end within " + PATIENCE_SECONDS
                        + " s and may lack its report");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        written.countDown();
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                interrupted = true;
            }
        }
    }
}
