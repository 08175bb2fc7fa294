package trainyard.sim.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * What stands between the cells of a table, as its header line shows: the comma, semicolon, tab or bar that is there most often
 * outside quotes, the comma before the others of as many. Names of columns may hold the others, such as {@code run; s}.
 */
final class HeaderSeparator {

    private static final char[] KNOWN = {',', ';', '\t', '|'};

    /** No header is longer; a file that is no table may be one long line. */
    private static final int MOST_BYTES = 1 << 16;

    private HeaderSeparator() {}

    /**
     * The separator of a table that starts here.
     *
     * @param in can be marked; where it stands does not change
     */
    static char of(InputStream in) throws IOException {
        in.mark(MOST_BYTES);
        int[] counts = count(in.readNBytes(MOST_BYTES));
        in.reset();
        int most = 0;
        for (int i = 1; i < KNOWN.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return KNOWN[most];
    }

    /** UTF-8 writes no other character with the bytes of these. Lines before the first with a cell are none. */
    private static int[] count(byte[] bytes) {
        int[] counts = new int[KNOWN.length];
        boolean quoted = false;
        boolean begun = false;
        for (byte each : bytes) {
            boolean lineEnd = each == '\n' || each == '\r';
            if (lineEnd && begun && !quoted) {
                break;
            }
            begun |= !lineEnd;
            quoted ^= each == '"';
            for (int i = 0; i < KNOWN.length; i++) {
                counts[i] += !quoted && each == KNOWN[i] ? 1 : 0;
            }
        }
        return counts;
    }

    /** In words, for messages. */
    static String name(char separator) {
        return separator == '\t' ? "tabs" : "'" + separator + "'";
    }
}
