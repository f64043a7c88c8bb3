"""Counts and columns in, tables of estimates with their uncertainty out; knows no files and no params.

::

    How do people score us?
        scores           the NPS with its interval
        means            a mean with its interval
        score_intervals  the interval where few answered or nearly all agree
        shares           a share; the shares of three bands at once
        posterior        a second opinion: how likely a score is, given the answers
        published        a score from shares that somebody published
        rates            what is counted beside the surveys
        populations      when nearly everybody was asked
    Did it move, and whose is lower?
        differences      two waves, two groups, a group against the rest
        permutation      the exact test of tiny groups
        paired           the same people twice, or some of them
        families         many tests at once
        mix              what moved: the scores or the mix
        sample_size      how many answers it takes, and how small a change they show
    Which answers stand for how many?
        weighting        weights from known totals
        totals           known totals laid beside the answers
        designs          weights, clusters, strata and parts of a population
        plans            the plan of a designed sample, judged, and its variance
        clusters         answers that come in clumps, from sums
    Are we on our way?
        glide            glide path, progress and the pace that is needed
        targets          probability, verdict, the change against the plan
    From answers to scores
        sums             rows added up, fast and in little memory
        tallies          answers added up once
        groups           one scored row per declared group
    For all of them
        inputs           what comes in, judged
        reading          what was given, as numbers
        bands            the three bands, and the score that their counts give
        ratios           added up per group, and divided where there is something to divide by
        estimates        the table that an estimate is
        thresholds       every number that a verdict or a warning depends on
"""
