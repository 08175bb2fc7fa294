package trainyard.report.document;

import trainyard.report.figure.Require;

/**
 * How much of the run is in the report.
 *
 * @param finished replications that are in the report
 * @param planned replications that the scenario asks for
 */
public record Completion(int finished, int planned) {

    public Completion {
        Require.that(
                finished >= 0 && finished <= planned,
                "finished must lie in 0 to planned, but is " + finished + " of " + planned);
    }

    /** A run in which nothing is missing. */
    public static Completion complete(int replications) {
        return new Completion(replications, replications);
    }

    /** True when the run was interrupted. */
    public boolean isPartial() {
        return finished < planned;
    }
}
