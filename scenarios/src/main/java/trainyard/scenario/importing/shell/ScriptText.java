package trainyard.scenario.importing.shell;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** The text of a script, with lines and columns for offsets. */
public final class ScriptText {

    private final SourceText source;
    private final int[] lineStarts;

    ScriptText(SourceText source) {
        this.source = source;
        String text = source.text();
        int[] starts = new int[1];
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                starts = lines == starts.length ? Arrays.copyOf(starts, 2 * lines) : starts;
                starts[lines++] = i + 1;
            }
        }
        lineStarts = Arrays.copyOf(starts, lines);
    }

    int length() {
        return source.text().length();
    }

    /** The character at an offset; a NUL beyond the end. */
    char at(int offset) {
        return offset < length() ? source.text().charAt(offset) : '\0';
    }

    boolean startsWith(String prefix, int offset) {
        return source.text().startsWith(prefix, offset);
    }

    String part(int from, int to) {
        return source.text().substring(from, Math.min(to, length()));
    }

    Matcher matcher(Pattern pattern) {
        return pattern.matcher(source.text());
    }

    /** End of the line that an offset lies in. */
    int lineEnd(int offset) {
        int end = source.text().indexOf('\n', offset);
        return end < 0 ? length() : end;
    }

    /** Line, column and length of a place. */
    public Position position(int offset, int length) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return source.at(line + 1, offset - lineStarts[line] + 1, length);
    }

    ScenarioException unclosed(String what, int offset) {
        return new ScenarioException(Problem.at(
                position(offset, 1), Problem.Kind.SYNTAX, what + " is never closed", "is the file cut off?"));
    }

    ScenarioException tooDeep(int offset) {
        return new ScenarioException(Problem.at(
                position(offset, 1), Problem.Kind.LIMIT, "expressions are nested too deep to be read", "write it out"));
    }
}
