package trainyard.scenario.verify;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of one suite.
 *
 * @param suite its name
 * @param sources by file name
 * @param ignored files that the suite does not know, each with the reason
 * @param calibrated sources scored once more after calibration; empty where that was not asked for
 */
public record VerificationResult(
        String suite, List<SourceScore> sources, List<String> ignored, List<CalibratedScore> calibrated) {

    public VerificationResult {
        sources = List.copyOf(sources);
        ignored = List.copyOf(ignored);
        calibrated = List.copyOf(calibrated);
    }

    /** A result without calibration. */
    public VerificationResult(String suite, List<SourceScore> sources, List<String> ignored) {
        this(suite, sources, ignored, List.of());
    }

    /** This result with the sources scored after calibration beside it. */
    public VerificationResult with(List<CalibratedScore> scores) {
        return new VerificationResult(suite, sources, ignored, scores);
    }

    /** The score of a source after calibration, where there is one. */
    public Optional<CalibratedScore> calibrated(String source) {
        return calibrated.stream()
                .filter(score -> score.score().source().equals(source))
                .findFirst();
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
