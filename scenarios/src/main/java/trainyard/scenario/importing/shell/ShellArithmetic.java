package trainyard.scenario.importing.shell;

import java.util.Optional;
import java.util.function.Function;

/** Integer expressions of {@code $(( ))}: {@code + - * / %}, brackets, numbers and variables. */
final class ShellArithmetic {

    private static final int MAX_DEPTH = 32;

    private final String text;
    private final Function<String, Optional<String>> variables;
    private int at;
    private int depth;

    private ShellArithmetic(String text, Function<String, Optional<String>> variables) {
        this.text = text;
        this.variables = variables;
    }

    /** The value; nothing where the expression holds something else, divides by 0 or leaves the range of a long. */
    static Optional<Long> value(String expression, Function<String, Optional<String>> variables) {
        ShellArithmetic arithmetic = new ShellArithmetic(expression, variables);
        try {
            long value = arithmetic.sum();
            return arithmetic.next() == '\0' ? Optional.of(value) : Optional.empty();
        } catch (ArithmeticException notAnInteger) {
            return Optional.empty();
        }
    }

    private long sum() {
        long value = product();
        for (char sign = next(); sign == '+' || sign == '-'; sign = next()) {
            at++;
            long term = product();
            value = sign == '+' ? Math.addExact(value, term) : Math.subtractExact(value, term);
        }
        return value;
    }

    private long product() {
        long value = factor();
        for (char sign = next(); sign == '*' || sign == '/' || sign == '%'; sign = next()) {
            at++;
            long factor = factor();
            value = sign == '*' ? Math.multiplyExact(value, factor) : sign == '/' ? value / factor : value % factor;
        }
        return value;
    }

    private long factor() {
        char first = next();
        if (first == '-') {
            at++;
            return Math.negateExact(nested());
        }
        if (first == '(') {
            at++;
            long value = nested(true);
            require(next() == ')');
            at++;
            return value;
        }
        return operand();
    }

    private long nested() {
        return nested(false);
    }

    private long nested(boolean whole) {
        require(++depth < MAX_DEPTH);
        long value = whole ? sum() : factor();
        depth--;
        return value;
    }

    /** A number, or the name of a variable; those behind a dollar sign are put in before. */
    private long operand() {
        next();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String word = text.substring(start, at);
        require(!word.isEmpty());
        boolean number = Character.isDigit(word.charAt(0));
        String digits = number ? word : variables.apply(word).orElse("").strip();
        require(digits.matches("-?[0-9]{1,18}"));
        return Long.parseLong(digits);
    }

    /** The next character that is no space; a NUL at the end. */
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static void require(boolean readable) {
        if (!readable) {
            throw new ArithmeticException("no integer expression");
        }
    }
}
