package trainyard.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/**
 * One line that is rewritten while a long run goes on; shown on a terminal only, and only after two seconds. It goes on without news
 * too, so that a long first part does not look like a halt.
 */
final class Progress implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int WIDTH = 24;

    private final PrintStream out;
    private final Optional<Timer> clock;
    private final long start = System.nanoTime();
    private int done;
    private int total;
    private boolean written;
    private boolean ended;

    Progress(Terminal terminal, int total) {
        this(terminal, total, QUIET);
    }

    /** Of what it is not yet known how much there is. */
    Progress(Terminal terminal) {
        this(terminal, 0);
    }

    Progress(Terminal terminal, int total, Duration quiet) {
        this.out = terminal.err();
        this.total = total;
        this.clock = terminal.isTerminal() ? Optional.of(new Timer("progress", true)) : Optional.empty();
        TimerTask show = new TimerTask() {
            @Override
            public void run() {
                show();
            }
        };
        clock.ifPresent(timer -> timer.schedule(show, quiet.toMillis(), BETWEEN.toMillis()));
    }

    synchronized void update(int newlyDone) {
        done = Math.max(done, newlyDone);
    }

    synchronized void update(int newlyDone, int all) {
        total = all;
        update(newlyDone);
    }

    private synchronized void show() {
        if (!ended && total > 0) {
            written = true;
            out.print("\r" + line(done, total, (System.nanoTime() - start) / 1e9));
            out.flush();
        }
    }

    /** Removes the line, for good. */
    synchronized void end() {
        clock.ifPresent(Timer::cancel);
        if (written && !ended) {
            out.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            out.flush();
        }
        ended = true;
    }

    @Override
    public void close() {
        end();
    }

    /** Without a time left before anything is done. */
    static String line(int done, int total, double seconds) {
        int full = (int) ((long) WIDTH * done / total);
        String left = done == 0 ? "" : String.format(Locale.ROOT, "  %.0f s left", seconds / done * (total - done));
        return String.format(
                Locale.ROOT, "  %s%s  %,d/%,d%s   ", "#".repeat(full), ".".repeat(WIDTH - full), done, total, left);
    }
}
