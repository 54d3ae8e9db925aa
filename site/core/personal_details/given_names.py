"""First names often given in Brussels, folded. With one of them, two capitals are a name even where a sentence begins.

Left out: those that are words or places too, as Rose and Florence.
"""

_NAMES = """
abdel abdelkader abdellah abdou adam adil ahmed aicha alain alexandra alexandre ali alice alix amal amelie amina amine an ana
anas andre andrea andrzej anissa anita ann anna anne annelies annick antoine antonio arnaud arthur astrid aurelie axel aya ayoub
aziz bart benoit bernadette bernard bilal bram brigitte bruno camille carine carlos caroline catherine cedric celine chantal
charlotte chloe christian christiane christine christophe claire claude colette cristina daniel daniela danielle david delphine
denis diana didier dimitri dirk dominique driss edith eline elisabeth elise els emilie emma emmanuel eric erik erwin esther
etienne eva evelyne fabian fabienne fabrice farid fatiha fatima fatou fatoumata filip francine francis francois francoise frank
frederic gabriel genevieve georges gerard ghislaine gilles giovanni greet guillaume guy hafida hakim halima hamid hamza hanane
hans hassan heidi helene hendrik henri herman hilde houda hugo ibrahim ilias ilse imane ingrid ioana isabelle ismael jacqueline
jacques jamal jan jean jeanne jeannine jeroen jerome joao johan johanna jonas jorge jose josephine julia julie julien kamal
karim karima karin katrien kevin khadija khalid koen kris kristof lara laura laurence laurent lea leen leila lies lieve lieven
linda lode louis louise luc lucas lucie ludovic luis lut lydia maarten mamadou manon marc marcel marcin margaux maria mariam
marianne marie marijke mario marjan mark marleen martin martine maryam mathieu matteo matthias maxime mehdi michael michel
michele michelle mieke mohamed mohammed monique mounir mourad mustafa mustapha myriam nabil nadia nadine naima najat nathalie
nele nicolas nicole noah nora nour olga olivier omar oumar pascal pascale patricia patrick paul paulo pedro philippe piet pieter
piotr quentin rachid rachida raphael raymond remi renaud rene ria rita robert robin roger roland romain rudi said saida salim
salma samir samira samuel sandra sandrine sara sarah sebastien serge severine silvia simon sofia sofiane sofie sonia sophie
souad stefaan stefan stephane stephanie steven suzanne sylvie tatiana thierry thomas tim tom valentin valerie veerle veronique
vincent viviane walter werner willem william willy wim wouter xavier yann yannick yasmina yasmine youssef yves yvette zahra
zakaria zineb
"""
GIVEN_NAMES = frozenset(_NAMES.split())
