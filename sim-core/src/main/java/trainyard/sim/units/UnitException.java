package trainyard.sim.units;

/**
 * A text that is no quantity of the dimension asked for. {@link #problem()} says what is wrong, {@link #fix()} what to
 * write instead.
 */
public final class UnitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    UnitException(String problem, String fix) {
        super(problem + "; " + fix);
        this.problem = problem;
        this.fix = fix;
    }

    /** What is wrong, such as {@code 'gb/s' is ambiguous}. */
    public String problem() {
        return problem;
    }

    /** What to write, such as {@code write 400 Gb/s (gigabits) or 400 GB/s (gigabytes)}. */
    public String fix() {
        return fix;
    }
}
