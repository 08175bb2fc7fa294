package trainyard.scenario.importing.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text of which each character knows where in the script it was written. */
public final class TracedText {

    /** Stands in the text for what only a running shell could know. */
    static final char UNREAD = '\uFFFC';

    private final String text;
    private final int[] offsets;

    private TracedText(String text, int[] offsets) {
        this.text = text;
        this.offsets = offsets;
    }

    public String text() {
        return text;
    }

    /** Offset in the script of the first character; 0 for no text. */
    public int offset() {
        return offsets.length == 0 ? 0 : offsets[0];
    }

    /** Whether a part of it is not known. */
    public boolean isUnread() {
        return text.indexOf(UNREAD) >= 0;
    }

    /** Offset in the script of the first part that is not known. */
    int unreadOffset() {
        return offsets[text.indexOf(UNREAD)];
    }

    /** The part from one index to another. */
    public TracedText part(int from, int to) {
        return new TracedText(text.substring(from, to), Arrays.copyOfRange(offsets, from, to));
    }

    /** The words between white space. */
    public List<TracedText> words() {
        List<TracedText> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean between = i == text.length() || Character.isWhitespace(text.charAt(i));
            if (between && i > start) {
                words.add(part(start, i));
            }
            start = between ? i + 1 : start;
        }
        return words;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Collects characters with their offsets. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private int[] offsets = new int[16];

        void add(char character, int offset) {
            if (text.length() == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            }
            offsets[text.length()] = offset;
            text.append(character);
        }

        void add(TracedText more) {
            for (int i = 0; i < more.text.length(); i++) {
                add(more.text.charAt(i), more.offsets[i]);
            }
        }

        boolean isEmpty() {
            return text.length() == 0;
        }

        TracedText build() {
            return new TracedText(text.toString(), Arrays.copyOf(offsets, text.length()));
        }
    }
}
