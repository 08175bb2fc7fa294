package trainyard.scenario.verify;

import java.util.List;

/**
 * The outcome of one suite.
 *
 * @param suite its name
 * @param sources by file name
 * @param ignored files that the suite does not know, each with the reason
 */
public record VerificationResult(String suite, List<SourceScore> sources, List<String> ignored) {

    public VerificationResult {
        sources = List.copyOf(sources);
        ignored = List.copyOf(ignored);
    }

    /** Rows outside the tolerance they state. */
    public int failed() {
        return sources.stream().mapToInt(SourceScore::failed).sum();
    }
}
