package trainyard.sim.units;

/**
 * A text that is no quantity of the dimension asked for. {@link #problem()} says what is wrong, {@link #fix()} what to
 * write instead; the place is given within the text that was read, so that a reader of a file can add line and column.
 */
public final class UnitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;
    private final int offset;
    private final int length;

    UnitException(String problem, String fix, int offset, int length) {
        super(problem + "; " + fix);
        this.problem = problem;
        this.fix = fix;
        this.offset = offset;
        this.length = length;
    }

    /** What is wrong, such as {@code 'gb/s' is ambiguous}. */
    public String problem() {
        return problem;
    }

    /** What to write, such as {@code write 400 Gb/s (gigabits) or 400 GB/s (gigabytes)}. */
    public String fix() {
        return fix;
    }

    /** Index of the first wrong character in the text. */
    public int offset() {
        return offset;
    }

    /** Number of wrong characters; 0 where something is missing at {@link #offset()}. */
    public int length() {
        return length;
    }
}
