package trainyard.scenario.verify;

import java.util.Locale;
import trainyard.parallel.schedule.Schedule;

/** Pipeline schedules as tables of measurements name them. */
public final class ScheduleWords {

    private ScheduleWords() {}

    /**
     * The schedule of a word such as {@code 1F1B}, {@code 1F1B-I} (interleaved) or {@code ZB-2p}.
     *
     * @throws RowSkipped if there is no such schedule
     */
    public static Schedule schedule(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("1f1b-i")) {
            return Schedule.INTERLEAVED;
        }
        for (Schedule schedule : Schedule.values()) {
            if (schedule.word().equals(lower)) {
                return schedule;
            }
        }
        throw RowSkipped.notBuilt("pipeline schedule " + word);
    }
}
