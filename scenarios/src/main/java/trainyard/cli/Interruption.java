package trainyard.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end in good order when the user presses Ctrl-C: the shutdown hook asks it to stop and then holds the
 * process until what was finished is written.
 */
final class Interruption implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean interrupted;

    Interruption(Runnable stop) {
        this.hook = new Thread(
                () -> {
                    interrupted = true;
                    stop.run();
                    awaitWritten();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
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
