"""Common first names of one gender, lower case: what "he" or "she" can mean where no title tells.

Names that men and women both bear (Alex, Kim, Robin, Nour, Tal) are left out: nothing is known of them. The list is
short on purpose; a person whose first name it does not hold is of unknown gender, and fits both.
"""

from __future__ import annotations

from volteface.language.lexicon import words

HE_NAMES = words(
    "aaron abbas abdel abdullah abdul abdulrahman abraham adam adel adrian ahmad ahmed akram alan albert aldo alejandro"
    " alessandro alexander alfred ali alistair allan allen amir amos anders andrew angus anthony antoine antonio antony"
    " arnold arthur asad ashraf augustus avi aviv avraham bashar bassam bassem ben benedict benjamin benny bernard bernie"
    " bezalel bilal bill binyamin bob boris brad bradley brandon brendan brett brian bruce bruno bryan calvin carl carlos"
    " cédric charles charlie chris christian christoph christopher chuck clarence claude clifford clive colin connor craig"
    " cyril dan daniel danny darren dave david dean dennis derek desmond dick diego dirk dmitri dmitry dominic donald"
    " doug douglas duncan dwight earl ed eddie edgar edmund eduardo edward edwin ehud eli elias elijah elliot emmanuel"
    " enrico eric erik ernest ernst ethan eugene evan ezra fabio fadi faisal farid fathi felix ferdinand fernando francesco"
    " francis francisco françois frank franklin franz fred frederick friedrich fritz gabriel gareth gary gavin geoff"
    " geoffrey george georges gerald gerard gerhard ghassan gideon gilbert giles giorgio giovanni giuseppe glenn gordon"
    " graham grant greg gregory guillermo gustav guy habib hakan hamid hamza hank hans harold harry hasan hassan haim"
    " hector heinrich henri henry herbert herman hermann herzi hosni howard hugh hugo hussein ian ibrahim ignacio igor"
    " ilan imad imran isaac ishmael ismail itamar itzhak ivan jack jacob jacques jaime jake jamal james jan jared"
    " jason javier jay jeff jefferson jeffrey jeremy jerome jerry jim jimmy joachim joe joel johan johann johannes"
    " john johnny jon jonathan jorge josé jose josef joseph josh joshua juan julian julius jürgen justin kareem karl keith"
    " ken kenneth kevin khaled khalid khalil kumar kurt kyle lance lars larry laurence lawrence len leo leon leonard"
    " leonardo levi liam lionel lloyd lorenzo louis luca lucas ludwig luigi luis luke lyndon magnus mahmoud"
    " mahmud majed malcolm manuel marc marcel marcello marco marcus mario mark markus marshall martin marvin marwan"
    " massimo matt matteo matthew matthias maurice mauricio max maxim mehdi mehmet meir menachem michael michel miguel"
    " mike mikhail milton mitch mitchell moamen mohamed mohammad mohammed mohamad mordechai moshe muhammad mustafa nabil"
    " nadav naftali nasser nathan nathaniel neil nelson nicholas nick nicolas nigel nikolai noah noel norman octavio olaf"
    " oleg oliver omar orlando oscar osama otto owen pablo paolo pascal patrick paul pavel pedro percy peter phil philip"
    " philippe phillip pierre rafael rafi ralph ramon ramzi randolph rashid raymond recep reuven rex reza ricardo riccardo"
    " richard rick rob robert roberto rodney rodrigo roger roland rolf roman ronald ron ross roy rudolf rudy rupert russell"
    " ryan saad sadiq saeb saeed salah salem salman sami samuel saul scott sean sebastian sergei sergey sergio seth shane"
    " shimon shlomo silvio simon spencer stanley stefan stephan stephen steve steven stewart stuart tareq tariq tayyip ted"
    " terrence theodore thomas tim timothy tobias todd tom tommy toni tony trevor tyler tzachi umberto usama uri vincent"
    " viktor vladimir volker volodymyr wael wallace walter warren wayne werner wilfred wilhelm will william wolfgang"
    " xavier yahya yair yaakov yasser yehuda yigal yitzhak yoav yossi yousef youssef yuri yusuf zachary zaher zaki zvi"
    " évariste siméon alberto andrei andrés bart basil cecil cornelius dale damian darius dylan emil enrique giulio"
    " gottfried gottlob hal herb homer horace hubert irving isidore jerald joaquín jude julio kent leopold lester lewis"
    " linus mack marty maximilian merlin mick nils norbert ollie orson otis pete quentin ray reginald rory rufus rutherford"
    " salvador salvatore samson sidney sigmund solomon stan sven thaddeus theo ulrich ulysses victor vince virgil wendell"
    " winston woodrow wyatt zeke"
)

SHE_NAMES = words(
    "abigail ada adele adriana agatha agnes aisha alexandra alexandria alice alicia alison allison amal amanda amelia amina"
    " amy ana anastasia angela angelina anita ann anna annalena anne annette annie antonia april ariana astrid audrey"
    " aurora ayelet barbara beatrice becky belinda bella bernadette beth bethany betsy betty beverly bonnie brenda bridget"
    " brigitte britney camilla candace carla carly carmen carol carole caroline carolyn catherine catherine cathy cecilia"
    " celeste charlotte cheryl chloe christina christine cindy claire clara claudia colette colleen condoleezza constance"
    " cordelia corinne crystal cynthia daisy danielle daphne dawn deborah debbie debra deirdre delia denise diana diane"
    " dina dolores donna dora doris dorothy edith edna eileen einat elaine eleanor elena elisa elisabeth elise eliza"
    " elizabeth ella ellen eloise elsa elsie emilia emily emma erica erin esmeralda esther ethel eugenia eunice eva eve"
    " evelyn faith fatima fatma faye federica felicity fiona flora florence frances francesca frieda gabriela gabriella"
    " gail genevieve georgia georgina geraldine gertrude gillian gina ginger giorgia giulia gladys glenda gloria golda"
    " grace greta gretchen guadalupe gwen hala hanan hannah harriet hazel heather heidi helen helena helene henrietta hilary"
    " hillary hope ida imogen inez ingrid irene iris isabel isabella isabelle ivanka jacqueline jana jane janet janice"
    " jasmine jean jeanne jeannette jen jennifer jenny jessica jill jo joan joanna joanne jodie josephine joy joyce juanita"
    " judith judy julia juliana julie juliet june kamala karen karin karine karla kate katherine kathleen kathryn kathy"
    " katie katrina kaja kelly kiara kirsten krista kristen kristin kristina lara laura lauren layla lea leah leila lena"
    " leonora leticia lila lily lina linda lisa liz loretta lori lorraine louisa louise lucia lucille lucinda lucy luisa"
    " lydia lynn mabel madeleine madeline maggie mairead manuela marcia margaret margarita margot maria mariam marianne"
    " marie marilyn marina marissa marjorie martha mary maryam matilda maud maureen maya mayra megan melanie melinda melissa"
    " mercedes meredith merkel mia michelle mildred minnie mira miranda miriam mitzi mona monica monique muriel myra myrtle"
    " nadia nadine nancy naomi natalia natalie natasha nellie nicola nicole nikki nina noelle nora norma odette olga olive"
    " olivia ophelia orna pamela patricia patty paula paulina pauline pearl peggy penelope penny phoebe phyllis polly"
    " priscilla priti rachel rania rebecca regina renee rhoda rihanna rita roberta rosa rosalind rosalyn rosanna rose"
    " rosemary roxanne ruth sabrina sally salma samantha sandra sara sarah sasha scarlett selena selma serena sharon sheila"
    " shelley sherry shirley sigrid silvia simone sofia sonia sonya sophia sophie stella stephanie sue susan susana susanna"
    " susannah suzanne svetlana sybil sylvia tabitha tamar tamara tanya tara tatiana teresa tess theresa tiffany tina tracy"
    " trudy tulsi tzipi ursula valentina valerie vanessa vera verity veronica victoria viola violet virginia vivian wanda"
    " wendy wilhelmina wilma winifred yael yasmin yolanda yvette yvonne zainab zara zoe nikole nora samira suella"
) - {
    "april",
    "dawn",
    "faith",
    "grace",
    "hope",
    "joy",
    "june",
    "jean",
    "florence",
    "georgia",
    "merkel",
    "sasha",
    "virginia",
}
"""Not those that are words, months and places as often."""
