package trainyard.scheduler.hetero;

/**
 * Two jobs of as many GPUs that may have the same ones at the same time.
 *
 * @param first the job that came first, by its place among the jobs
 * @param second the other one
 * @param parts of each of them (row), on each type (column): its speed beside the other over its speed there alone, from 0 to 1; both 0 where they
 *     are not put together
 */
public record SharePair(int first, int second, double[][] parts) {

    public SharePair {
        if (first < 0 || second <= first || parts.length != 2 || parts[0].length != parts[1].length) {
            throw new IllegalArgumentException(
                    "a pair has two jobs in their order, each with its speed on each type, got " + first + " and "
                            + second);
        }
        for (int type = 0; type < parts[0].length; type++) {
            double one = parts[0][type];
            double other = parts[1][type];
            if (!(one >= 0 && one <= 1 && other >= 0 && other <= 1) || one > 0 != other > 0) {
                throw new IllegalArgumentException(
                        "jobs are from 0 to 1 times as fast beside each other as alone, both or neither of them above 0, got "
                                + one + " and " + other);
            }
        }
    }

    /** Whether they are put together on a type. */
    public boolean runsOn(int type) {
        return parts[0][type] > 0;
    }
}
