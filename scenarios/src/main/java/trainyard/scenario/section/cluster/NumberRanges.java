package trainyard.scenario.section.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Numbers and ranges of numbers, such as {@code 0-7, 12}. */
public final class NumberRanges {

    static final TextType TYPE = new TextType(
            "\\d{1,7}(-\\d{1,7})?( *, *\\d{1,7}(-\\d{1,7})?)*", "numbers and ranges, such as `3` or `0-7, 12`");

    private NumberRanges() {}

    /**
     * The numbers of a field, in order.
     *
     * @param end first number that is too large
     * @param things what is numbered
     * @throws ScenarioException if a range runs backwards or a number is too large
     */
    public static List<Integer> of(Values values, Field<String> field, int end, String things) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : values.get(field).split(",")) {
            String[] ends = part.strip().split("-");
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (last < first) {
                throw wrong(
                        values,
                        field,
                        "the range " + part.strip() + " runs backwards",
                        first > last ? last + "-" + first : "");
            }
            if (last >= end) {
                throw wrong(
                        values, field, "there is no " + last + " among the " + end + " " + things, "0 to " + (end - 1));
            }
            IntStream.rangeClosed(first, last).forEach(numbers::add);
        }
        return numbers;
    }

    private static ScenarioException wrong(Values values, Field<String> field, String message, String hint) {
        return new ScenarioException(Problem.at(values.position(field), Problem.Kind.PLAN, message, "write " + hint));
    }
}
