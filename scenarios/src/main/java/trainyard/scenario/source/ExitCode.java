package trainyard.scenario.source;

/** What the command returns to the shell. */
public enum ExitCode {
    OK(0, "all went well"),
    INTERNAL_FAILURE(1, "a fault of Trainyard itself"),
    BAD_INPUT(2, "a mistake on the command line or in a scenario"),
    INFEASIBLE(
            3,
            "the design cannot run: it does not fit in memory, or its processes wait for one another for ever; or native code"
                    + " or a device that was asked for is not there"),
    CHECK_FAILED(4, "an expect or verify check failed, or solve found no value"),
    UNREADABLE_DATA(5, "an input file cannot be read"),
    INTERRUPTED(130, "interrupted; what was finished is kept and marked partial");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
