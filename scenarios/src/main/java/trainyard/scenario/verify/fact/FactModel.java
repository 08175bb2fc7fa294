package trainyard.scenario.verify.fact;

import java.util.Optional;
import trainyard.scenario.verify.RowScore;

/** Predicts facts of one kind. */
@FunctionalInterface
public interface FactModel {

    /**
     * @return absent where the fact is not of this kind
     * @throws trainyard.scenario.verify.RowSkipped if it is, but an input is not stated or not at hand
     */
    Optional<RowScore> score(Fact fact);
}
