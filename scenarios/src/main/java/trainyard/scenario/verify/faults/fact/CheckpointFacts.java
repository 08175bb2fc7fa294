package trainyard.scenario.verify.faults.fact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.analytic.CheckpointSize;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;

/** Sizes of checkpoints with mixed-precision Adam: 14 bytes per parameter, which is an input itself. */
final class CheckpointFacts implements FactModel {

    private static final double BILLION = 1e9;
    private static final double TERABYTE = 1e12;
    private static final double SHARE = 0.1;
    private static final Pattern SIZE = Pattern.compile(".*?([0-9.]+)B$");

    @Override
    public Optional<RowScore> score(Fact fact) {
        return fact.metric().equals("checkpoint_size") ? size(fact) : Optional.empty();
    }

    private static Optional<RowScore> size(Fact fact) {
        Matcher parameters = SIZE.matcher(fact.subject());
        if (!parameters.matches() || !fact.unit().equals("TB")) {
            throw RowSkipped.missing("parameters of the model");
        }
        double bytes = CheckpointSize.mixedPrecisionAdamBytes(BILLION * Double.parseDouble(parameters.group(1)));
        return Optional.of(fact.within(bytes / TERABYTE, SHARE, "no: the source does not say what it saves"));
    }
}
