package trainyard.cli;

import java.io.PrintStream;
import java.util.Locale;

/** One line that is rewritten while a long run goes on; shown on a terminal only, and only after two seconds. */
final class Progress {

    private static final long NANOS_BEFORE_FIRST = 2_000_000_000L;
    private static final long NANOS_BETWEEN = 200_000_000L;
    private static final int WIDTH = 24;

    private final PrintStream out;
    private final boolean shown;
    private final int total;
    private final long start = System.nanoTime();
    private long last;
    private boolean written;

    Progress(Terminal terminal, int total) {
        this.out = terminal.err();
        this.shown = terminal.isTerminal();
        this.total = total;
    }

    synchronized void update(int done) {
        long now = System.nanoTime();
        if (shown && now - start > NANOS_BEFORE_FIRST && now - last > NANOS_BETWEEN) {
            last = now;
            written = true;
            out.print("\r" + line(done, total, (now - start) / 1e9));
            out.flush();
        }
    }

    /** Removes the line. */
    synchronized void end() {
        if (written) {
            out.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            out.flush();
        }
    }

    static String line(int done, int total, double seconds) {
        int full = (int) ((long) WIDTH * done / total);
        double left = seconds / Math.max(1, done) * (total - done);
        return String.format(
                Locale.ROOT,
                "  %s%s  %d/%d  %.0f s left   ",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                done,
                total,
                left);
    }
}
