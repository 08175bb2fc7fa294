package trainyard.scenario.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the word that a user probably meant, by edit distance. */
public final class Nearest {

    private static final int MAX_WORD = 80;

    /** Letters of a part of a name that says enough. */
    private static final int MIN_PART = 3;

    /** Letters of a beginning of a name that may hold a slip. */
    private static final int MIN_BEGINNING = 8;

    /** Letters of a name below which one more or less makes another name. */
    private static final int MIN_NAME = 5;

    private static final int MAX_NAMED = 4;

    private Nearest() {}

    /** The candidate with the fewest edits, if few enough or of the same letters, so that it is probably meant. */
    public static Optional<String> of(String written, Collection<String> candidates) {
        if (written.length() > MAX_WORD) {
            return Optional.empty();
        }
        String wanted = simplify(written);
        int limit = Math.max(1, wanted.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(wanted, simplify(candidate)) <= limit
                        || sorted(wanted).equals(sorted(simplify(candidate))))
                .min(Comparator.<String>comparingInt(candidate -> distance(wanted, simplify(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * The candidate that a name misses by one slip: a letter too many, too few, another, or two swapped. Short names, and those told
     * apart by their digits or a last single letter, such as {@code team-a} and {@code team-b}, are names of their own.
     */
    public static Optional<String> slip(String written, Collection<String> candidates) {
        if (written.length() < MIN_NAME || written.length() > MAX_WORD) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) == 1)
                .filter(candidate -> !stem(written).equals(stem(candidate)))
                .min(Comparator.naturalOrder());
    }

    private static String stem(String name) {
        return name.replaceAll("[-_. ][^-_. ]$|[0-9]", "");
    }

    /** {@code did you mean 'x'?}, also of several that the word is a part of; nothing when no candidate is near. */
    public static String hint(String written, Collection<String> candidates) {
        return of(written, candidates)
                .or(() -> beginning(written, candidates))
                .map(candidate -> "did you mean '" + candidate + "'?")
                .orElseGet(() -> longer(simplify(written), candidates));
    }

    /**
     * The longest candidate that a longer name begins with, or ends with as a word, such as {@code zero} of {@code zero-stage}
     * and {@code async} of {@code asynchronous}.
     */
    public static Optional<String> part(String written, Collection<String> candidates) {
        String name = simplify(written);
        return candidates.stream()
                .filter(candidate -> candidate.length() >= MIN_PART)
                .filter(candidate -> name.startsWith(candidate + "-")
                        || name.endsWith("-" + candidate)
                        || candidate.length() > MIN_PART && name.startsWith(candidate))
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    /** The only candidate that begins with the word but for one slip. */
    private static Optional<String> beginning(String written, Collection<String> candidates) {
        String wanted = simplify(written);
        if (wanted.length() < MIN_BEGINNING || wanted.length() > MAX_WORD) {
            return Optional.empty();
        }
        if (candidates.stream().anyMatch(name -> simplify(name).startsWith(wanted))) {
            return Optional.empty();
        }
        List<String> names = sorted(
                candidates,
                name -> name.length() > wanted.length() && distance(wanted, name.substring(0, wanted.length())) == 1);
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    /** Names that begin with the word, or else hold it. */
    private static String longer(String part, Collection<String> candidates) {
        if (part.length() < MIN_PART) {
            return "";
        }
        List<String> names = sorted(candidates, name -> name.startsWith(part));
        if (names.isEmpty()) {
            names = sorted(candidates, name -> name.contains(part));
        }
        if (names.isEmpty()) {
            return "";
        }
        List<String> named = names.subList(0, Math.min(MAX_NAMED, names.size()));
        String last = named.get(named.size() - 1);
        String before = String.join("', '", named.subList(0, named.size() - 1));
        String more = names.size() > MAX_NAMED ? "', or another with " + part + " in its name?" : "'?";
        String link = names.size() > MAX_NAMED ? "', '" : "' or '";
        return "did you mean '" + (before.isEmpty() ? "" : before + link) + last + more;
    }

    private static List<String> sorted(Collection<String> candidates, Predicate<String> simplified) {
        return candidates.stream()
                .filter(candidate -> simplified.test(simplify(candidate)))
                .sorted()
                .toList();
    }

    private static String sorted(String word) {
        char[] letters = word.toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }

    private static String simplify(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** Levenshtein distance, with a swap of neighbours counted as one edit (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int step(int[][] edits, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j - 1] + change, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
