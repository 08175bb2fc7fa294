package trainyard.scenario.verify;

import java.util.List;
import java.util.Optional;

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

    /** How often the verdict whether a run fits was right; empty where the suite gives none. */
    public Optional<FitVerdicts> verdicts() {
        return FitVerdicts.of(sources);
    }

    /**
     * Whether every gated row lies within the tolerance that it states. A row that does not gate, such as one read off a
     * chart, may fail without failing the suite.
     */
    public boolean holds() {
        return sources.stream().mapToInt(SourceScore::failedGated).sum() == 0;
    }
}
