package trainyard.scenario.importing.megatron;

/**
 * Text with repeats as Python writes them: {@code t*3} is {@code ttt}, {@code (tt|)*2} is {@code tt|tt|}, {@code [0]*2+[1]} is
 * {@code 001}.
 */
final class RepeatedText {

    private static final int LONGEST = 1_000_000;

    /** More than anyone writes, and few enough for the stack. */
    private static final int DEEPEST = 100;

    private final String written;
    private final String text;
    private int at;
    private int depth;

    private RepeatedText(String text) {
        this.written = text;
        this.text = text.replaceAll("[\\s,+'\"]", "").replace('[', '(').replace(']', ')');
    }

    /**
     * The text written out, without blanks, commas, signs of addition and brackets.
     *
     * @throws IllegalArgumentException if brackets do not match or lie more than 100 deep, a count is no number, or it is longer
     *     than a million letters
     */
    static String expand(String text) {
        RepeatedText reader = new RepeatedText(text);
        String all = reader.sequence();
        if (reader.at < reader.text.length()) {
            throw new IllegalArgumentException("a bracket in '" + text + "' closes what none has opened");
        }
        return all;
    }

    private String sequence() {
        StringBuilder all = new StringBuilder();
        while (at < text.length() && text.charAt(at) != ')') {
            append(all, part());
        }
        return all.toString();
    }

    private String part() {
        String one = text.charAt(at) == '(' ? inBrackets() : text.substring(at, ++at);
        if (at >= text.length() || text.charAt(at) != '*') {
            return one;
        }
        int from = ++at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == from || at - from > 6) {
            throw new IllegalArgumentException("no count that can be read follows the * in '" + written + "'");
        }
        StringBuilder repeated = new StringBuilder();
        for (int i = Integer.parseInt(text.substring(from, at)); i > 0; i--) {
            append(repeated, one);
        }
        return repeated.toString();
    }

    private String inBrackets() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("brackets lie more than " + DEEPEST + " deep");
        }
        at++;
        String inside = sequence();
        depth--;
        if (at >= text.length()) {
            throw new IllegalArgumentException("a bracket in '" + written + "' is not closed");
        }
        at++;
        return inside;
    }

    private static void append(StringBuilder all, String part) {
        if (all.length() + part.length() > LONGEST) {
            throw new IllegalArgumentException("what is repeated has more than " + LONGEST + " letters");
        }
        all.append(part);
    }
}
